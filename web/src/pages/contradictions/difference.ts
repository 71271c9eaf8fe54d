// Which words of two texts differ. Where the reason of a contradiction quotes them, they are known; else it is the longest
// common subsequence of the words of both (Hunt and McIlroy, 1976), compared without case and punctuation. Texts that share
// little are told apart by their negations and numbers only, since to mark every word marks none.

export interface Piece {
  text: string;
  differs: boolean;
}

/** Longer texts are not compared: the table is as big as the product of their lengths. */
const mostWords = 400;
/** The share of the shorter text's words that must stand in both. */
const alike = 0.5;

const negation = /^(not|no|never|none|nobody|nothing|neither|nor|without|deny|denies|denied|denying|reject(s|ed|ing)?|refuse(s|d)?|\w+n['’]t)$/i;

/** marked cuts both sides of a contradiction of a type into pieces, by what its reason quotes or by their words. */
export function marked(type: string, reason: string, a: string, b: string): [Piece[], Piece[]] {
  if (type === "denial") return [join(split(a), (_, word) => negation.test(fold(word))), join(split(b), (_, word) => negation.test(fold(word)))];
  if (type !== "strength" && type !== "omission") return differences(a, b);
  const phrases = [...reason.matchAll(/“([^”]+)”/g)].map((m) => m[1]!).filter((p) => type === "omission" || p.split(/\s+/).length <= 3);
  return [byPhrases(a, phrases), byPhrases(b, phrases)];
}

/** byPhrases marks where phrases stand in a text, in any case. */
function byPhrases(text: string, phrases: string[]): Piece[] {
  const lower = text.toLowerCase();
  const spans = phrases.flatMap((p) => (lower.includes(p.toLowerCase()) ? [[lower.indexOf(p.toLowerCase()), p.length] as const] : [])).sort((x, y) => x[0] - y[0]);
  const pieces: Piece[] = [];
  let at = 0;
  for (const [from, length] of spans) {
    if (from < at) continue;
    if (from > at) pieces.push({ text: text.slice(at, from), differs: false });
    pieces.push({ text: text.slice(from, from + length), differs: true });
    at = from + length;
  }
  if (at < text.length || pieces.length === 0) pieces.push({ text: text.slice(at), differs: false });
  return pieces;
}

/** differences cuts both texts into pieces that stand in both and pieces that do not. */
export function differences(a: string, b: string): [Piece[], Piece[]] {
  const as = split(a);
  const bs = split(b);
  const small = as.length <= mostWords && bs.length <= mostWords;
  const common = small ? shared(as.map(fold), bs.map(fold)) : { a: new Set<number>(), b: new Set<number>(), n: 0 };
  if (common.n === 0 || common.n < alike * Math.min(as.length, bs.length)) return [join(as, (_, word) => telling(word)), join(bs, (_, word) => telling(word))];
  return [join(as, (i) => !common.a.has(i)), join(bs, (i) => !common.b.has(i))];
}

function telling(word: string): boolean {
  const bare = fold(word);
  return negation.test(bare) || /\d/.test(bare);
}

/** split gives words, each with the space after it. */
function split(text: string): string[] {
  return text.match(/\S+\s*/g) ?? [];
}

function fold(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}'’]+/gu, "");
}

function shared(a: string[], b: string[]): { a: Set<number>; b: Set<number>; n: number } {
  const wide = b.length + 1;
  const length = new Uint16Array((a.length + 1) * wide);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i * wide + j] = a[i] === b[j] ? length[(i + 1) * wide + j + 1]! + 1 : Math.max(length[(i + 1) * wide + j]!, length[i * wide + j + 1]!);
    }
  }
  const inA = new Set<number>();
  const inB = new Set<number>();
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      inA.add(i++);
      inB.add(j++);
    } else if (length[(i + 1) * wide + j]! >= length[i * wide + j + 1]!) i++;
    else j++;
  }
  return { a: inA, b: inB, n: inA.size };
}

/** join puts neighbours of one sort together. */
function join(words: string[], differs: (i: number, word: string) => boolean): Piece[] {
  const pieces: Piece[] = [];
  for (const [i, word] of words.entries()) {
    const last = pieces.at(-1);
    const d = differs(i, word);
    if (last && last.differs === d) last.text += word;
    else pieces.push({ text: word, differs: d });
  }
  return pieces;
}

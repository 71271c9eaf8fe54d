// Numbers, times and names as people read them. Times are UTC.

const number = new Intl.NumberFormat("en-GB");
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });

export function count(n: number | undefined): string {
  return number.format(n ?? 0);
}

/** plural is a number with its noun: "1 article", "2 articles". */
export function plural(n: number | undefined, one: string, many = one + "s"): string {
  return count(n) + " " + (n === 1 ? one : many);
}

/** isDay says whether a time is a whole day: no clock, or midnight UTC, which is how a day without a clock is kept. */
export function isDay(time: string): boolean {
  return !time.includes("T") || /T00:00(:00(\.0+)?)?(Z|\+00:00)$/.test(time);
}

/** when is a day, or a day and clock, in UTC; what cannot be read stays as it is. */
export function when(time: string): string {
  const at = new Date(time.length === 10 ? time + "T00:00:00Z" : time);
  if (Number.isNaN(at.getTime())) return time;
  return isDay(time) ? day.format(at) : day.format(at) + ", " + clock.format(at) + " UTC";
}

/** between is a time of the record: a day, a stretch, or one that is open at an end. */
export function between(start: string | null, end: string | null): string {
  if (start && end) return start === end || (isDay(start) && start.slice(0, 10) === end.slice(0, 10)) ? when(start) : when(start) + " – " + when(end);
  if (start) return "from " + when(start);
  return end ? "until " + when(end) : "";
}

/** deadline is a time as the end of a promise: "4 Sept 2025", "by 12 Sept 2025". */
export function deadline(due: { text: string; start: string | null; end: string | null } | null): string {
  if (!due) return "";
  if (!due.start && due.end) return "by " + when(due.end);
  return between(due.start, due.end) || due.text;
}

export function dayOf(time: string): string {
  return time.slice(0, 10);
}

/** words turns a name of the record into plain words: armed_force, not_assessed, ASSAULT. */
export function words(name: string): string {
  return name.replaceAll("_", " ").toLowerCase();
}

export function bytes(n: number): string {
  return n < 1000 ? n + " bytes" : n < 1e6 ? (n / 1000).toFixed(1) + " kB" : (n / 1e6).toFixed(1) + " MB";
}

/** duration reads an ISO 8601 duration of hours and minutes: PT105M is 1 h 45 min. */
export function duration(iso: string): string {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(iso);
  if (!found) return iso;
  const minutes = Number(found[1] ?? 0) * 1440 + Number(found[2] ?? 0) * 60 + Number(found[3] ?? 0);
  const parts = [Math.floor(minutes / 60) && Math.floor(minutes / 60) + " h", minutes % 60 && (minutes % 60) + " min"];
  return parts.filter(Boolean).join(" ") || iso;
}

/** amount is a figure's number with its bound, range and unit: "at least 1,200", "20–30 km". */
export function amount(f: { value: number; high: number | null; bound: string; unit: string }): string {
  const n = count(f.value) + (f.high !== null && f.high !== undefined && f.high !== f.value ? "–" + count(f.high) : "");
  const bound = { about: "about ", at_least: "at least ", at_most: "at most " }[f.bound] ?? "";
  return bound + n + (f.unit ? " " + f.unit : "");
}

/** shorten cuts text at a word; the whole belongs in a title or on the next page. */
export function shorten(text: string, most: number): string {
  const points = [...text.slice(0, 2 * most + 2)];
  if (points.length <= most && text.length <= 2 * most + 2) return text;
  const space = points.slice(0, most).lastIndexOf(" ");
  return points.slice(0, space > most * 0.7 ? space : most).join("") + "…";
}

/** heading is what an article is called, at most a few lines of it: a title may be of any length. One without is called by the
 * end of where it was read from, a file's name. (Entries carry that as their title already.) */
export function heading(of: { title: string; location?: string }, most = 240): string {
  const place = (of.location ?? "").replace(/(:\/\/[^?]*)\?.*/s, "$1").replace(/[/\\]+$/, "");
  return shorten(of.title.trim() || place.slice(Math.max(place.lastIndexOf("/"), place.lastIndexOf("\\")) + 1), most) || "Untitled";
}

/** pageOf is the address of a page of an archive. */
export function pageOf(archive: string, ...parts: string[]): string {
  return "/" + [archive, ...parts].map(encodeURIComponent).join("/");
}

/** webAddress is an address that may be a link: http or https, else "". What articles say of themselves is not to be trusted. */
export function webAddress(address: string): string {
  try {
    const at = new URL(address);
    return at.protocol === "http:" || at.protocol === "https:" ? at.href : "";
  } catch {
    return "";
  }
}

/** sureness says what a confidence of 0 to 1 is worth: that of statements and events is measured, that of three other kinds an
 * estimate; the rest have none, and get no words. */
export function sureness(kind: string, confidence: number): string {
  if (confidence <= 0) return "";
  if (kind === "statement" || kind === "event") return "of a hundred such entries, about that many are right";
  return ["commitment", "contact", "contradiction"].includes(kind) ? "an estimate, not measured" : "";
}

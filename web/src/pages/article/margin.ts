// Where the notes in the margin stand: each beside its words, pushed down where there is no room; the one that is lit stands
// exactly beside its words, and those before it make room.

export interface Slot {
  /** Where the words stand, from the top of the column, in pixels. */
  want: number;
  height: number;
}

/** places gives the top of each slot, in their order, with a gap between two. */
export function places(slots: Slot[], lit: number, gap = 6): number[] {
  const tops: number[] = [];
  let free = 0;
  for (const slot of slots) {
    tops.push(Math.max(slot.want, free));
    free = tops.at(-1)! + slot.height + gap;
  }
  if (lit < 0 || !slots[lit]) return tops;
  tops[lit] = slots[lit].want;
  for (let i = lit - 1; i >= 0; i--) tops[i] = Math.min(tops[i]!, tops[i + 1]! - slots[i]!.height - gap);
  const over = Math.max(0, -tops[0]!);
  for (let i = 0; i <= lit; i++) tops[i] = tops[i]! + over;
  for (let i = lit + 1; i < slots.length; i++) tops[i] = Math.max(slots[i]!.want, tops[i - 1]! + slots[i - 1]!.height + gap);
  return tops;
}

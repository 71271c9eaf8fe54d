// Where the keyboard is after a change of page: at the page's heading, so that Tab goes on from there and readers of the screen
// say where they are. A heading that is drawn anew while it has the focus gives it to the next one.

let arriving = false;
/** The heading that was given the keyboard last. */
let held: HTMLElement | undefined;

/** arrive is called when another page is about to be shown. */
export function arrive(): void {
  arriving = true;
  requestAnimationFrame(settle);
}

/** startHere marks a page's heading: {@attach startHere}. */
export function startHere(heading: HTMLElement): () => void {
  if (arriving) take(heading);
  return () => {
    // An element that is taken away has lost the focus to the page as a whole, before or after this.
    if (heading !== held || ![heading, document.body, null].includes(document.activeElement as HTMLElement | null)) return;
    arriving = true;
    queueMicrotask(settle);
  };
}

function settle(): void {
  const heading = document.querySelector<HTMLElement>("main h1");
  if (arriving && heading) take(heading);
}

function take(heading: HTMLElement): void {
  arriving = false;
  held = heading;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

// Where the keyboard is after a change of page: at the page's heading, so that Tab goes on from there and readers of the screen
// say where they are. A heading that is drawn anew while it has the focus gives it to the next one.

let arriving = false;

/** arrive is called when another page is about to be shown. */
export function arrive(): void {
  arriving = true;
  requestAnimationFrame(settle);
}

/** startHere marks a page's heading: {@attach startHere}. */
export function startHere(heading: HTMLElement): () => void {
  if (arriving) take(heading);
  return () => {
    if (document.activeElement !== heading) return;
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
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

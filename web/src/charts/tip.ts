/** tip is the little box over a mark: a heading and lines, as text nodes, so that a source's words stay words. */
export function tip(heading: string, lines: string[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "chart-tip";
  const strong = document.createElement("strong");
  box.append(strong);
  strong.append(bdi(heading));
  for (const line of lines.filter(Boolean)) {
    const p = document.createElement("p");
    p.append(bdi(line));
    box.append(p);
  }
  return box;
}

function bdi(text: string): HTMLElement {
  const el = document.createElement("bdi");
  el.textContent = text;
  return el;
}

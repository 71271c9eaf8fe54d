/** Colours of a chart, as the canvas wants them, read from the page's tokens. */
export interface Palette {
  text: string;
  muted: string;
  line: string;
  surface: string;
  ground: string;
  accent: string;
  tint: string;
  warn: string;
  bad: string;
  font: string;
}

// Every name is a token of lib/tokens.css.
const tokens: Record<Exclude<keyof Palette, "font">, string> = {
  text: "--ink",
  muted: "--dim",
  line: "--line",
  surface: "--raised",
  ground: "--paper",
  accent: "--accent",
  tint: "--accent-soft",
  warn: "--warn",
  bad: "--bad",
};

/** readPalette gives the colours in force where host stands. */
export function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement("span");
  probe.hidden = true;
  host.append(probe);
  const brush = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const palette = { font: getComputedStyle(host).fontFamily } as Palette;
  for (const [name, token] of Object.entries(tokens)) {
    probe.style.color = `var(${token})`;
    palette[name as keyof Palette] = plain(brush, getComputedStyle(probe).color);
  }
  probe.remove();
  return palette;
}

// The canvas library reads rgb() only; a browser may compute oklch() or color(). Painting a pixel turns any into rgb.
function plain(brush: CanvasRenderingContext2D | null, color: string): string {
  if (!brush || color.startsWith("rgb")) return color;
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = color;
  brush.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 255] = brush.getImageData(0, 0, 1, 1).data;
  return `rgba(${r}, ${g}, ${b}, ${a / 255})`;
}

/** onScheme calls back when the page turns light or dark, and gives what ends that. */
export function onScheme(changed: () => void): () => void {
  const media = matchMedia("(prefers-color-scheme: dark)");
  const root = new MutationObserver(changed);
  media.addEventListener("change", changed);
  root.observe(document.documentElement, { attributes: true, attributeFilter: ["class", "data-theme"] });
  return () => {
    media.removeEventListener("change", changed);
    root.disconnect();
  };
}

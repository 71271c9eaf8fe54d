import type { Palette } from "./palette";
import { tip } from "./tip";

export interface Node {
  id: string;
  name: string;
}
export interface Edge {
  a: string;
  b: string;
  count: number;
  /** What the tip says. */
  line: string;
  chosen: boolean;
}

/** ringOption draws who is linked with whom, on a ring: the same picture every time. A thicker line is more contacts. */
export function ringOption(nodes: Node[], edges: Edge[], p: Palette, width: number): object {
  const most = Math.max(1, ...edges.map((e) => e.count));
  const weight = new Map<string, number>();
  for (const e of edges) for (const id of [e.a, e.b]) weight.set(id, (weight.get(id) ?? 0) + e.count);
  const heaviest = Math.max(1, ...weight.values());
  // Names stand outside of the ring: what is left of it there is all they have.
  const margin = width < 500 ? 0.32 : 0.26;
  const beside = margin * 100 + "%";
  return {
    tooltip: {
      trigger: "item",
      // What the pointer is over may have gone from the picture since.
      formatter: (at: { data?: { name?: string; edge?: Edge } | null }) => (at.data?.edge ? tip(at.data.edge.line, []) : tip(at.data?.name ?? "", [])),
    },
    series: [
      {
        type: "graph",
        layout: "circular",
        circular: { rotateLabel: true },
        top: beside,
        bottom: beside,
        left: beside,
        right: beside,
        data: nodes.map((n) => ({ id: n.id, name: n.name, symbolSize: 8 + 18 * Math.sqrt((weight.get(n.id) ?? 0) / heaviest) })),
        links: edges.map((e) => ({
          source: e.a,
          target: e.b,
          edge: e,
          lineStyle: { width: 1 + 5 * (e.count / most), color: e.chosen ? p.bad : p.accent, opacity: e.chosen ? 1 : 0.55 },
        })),
        itemStyle: { color: p.accent, borderColor: p.ground, borderWidth: 1 },
        label: { show: true, position: "right", color: p.text, fontSize: 12, width: Math.min(margin * width - 28, 130), overflow: "truncate" },
        lineStyle: { curveness: 0.2 },
        emphasis: { focus: "adjacency" },
      },
    ],
  };
}

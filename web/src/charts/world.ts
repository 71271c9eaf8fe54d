import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import outlines from "world-atlas/countries-50m.json?url";

/** What the outlines are, to be said beside every map. */
export const outlinesNote =
  "Outlines: Natural Earth, 1:50 million, public domain. Borders stand as they do there; this takes no side where they are disputed.";

const name = "world";

/** registerWorld makes the outlines of countries known to the engine under a name, which it gives. They come with the program. */
export async function registerWorld(engine: typeof import("./engine")): Promise<string> {
  const answer = await fetch(outlines);
  if (!answer.ok) throw new Error(`reading the outlines of countries: ${answer.status}`);
  const atlas = (await answer.json()) as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  engine.registerMap(name, feature(atlas, atlas.objects.countries) as never);
  return name;
}

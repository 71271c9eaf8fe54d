import { colour } from "./marks";
import type { Palette } from "./palette";
import { tip } from "./tip";

/** Spot is a place on a map, as precisely as its source has it. */
export interface Spot {
  name: string;
  lat: number;
  lon: number;
  precision: string;
  level?: string;
  /** Nothing was reported of it. */
  silent: boolean;
  lines: string[];
}

/** How far off a place may be, in kilometres, by how precisely it is given: our reading of the levels of docs/ceasefire.md. */
export const radius: { [precision: string]: number } = { point: 1, settlement: 5, district: 25, region: 60, country: 250, unknown: 60 };

const kmPerDegree = 111.2;

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** bounds is the box that holds all circles, with room around them, and never smaller than a few hundred kilometres. */
export function bounds(spots: Spot[]): Box {
  const box = { west: 180, south: 90, east: -180, north: -90 };
  for (const s of spots) {
    const up = (radius[s.precision] ?? 60) / kmPerDegree;
    const wide = up / narrow(s.lat);
    box.west = Math.min(box.west, s.lon - wide);
    box.east = Math.max(box.east, s.lon + wide);
    box.south = Math.min(box.south, s.lat - up);
    box.north = Math.max(box.north, s.lat + up);
  }
  const room = Math.max((box.east - box.west) * 0.4, (box.north - box.south) * 0.4, 1.2);
  return { west: box.west - room, east: box.east + room, south: Math.max(box.south - room, -85), north: Math.min(box.north + room, 85) };
}

// A degree of longitude gets narrower away from the equator.
function narrow(lat: number): number {
  return Math.max(Math.cos((lat * Math.PI) / 180), 0.05);
}

interface Api {
  coord(point: [number, number]): [number, number];
}

/** placesOption draws circles as wide as the places are uncertain on the outlines of countries. */
export function placesOption(map: string, spots: Spot[], zoom: number, p: Palette): object {
  const box = bounds(spots);
  return {
    geo: {
      map,
      zoom,
      silent: true,
      roam: matchMedia("(pointer: fine)").matches ? "move" : false,
      aspectScale: narrow((box.south + box.north) / 2),
      boundingCoords: [
        [box.west, box.north],
        [box.east, box.south],
      ],
      itemStyle: { areaColor: p.ground, borderColor: p.muted, borderWidth: 0.75 },
      label: { show: true, color: p.muted, fontSize: 11 },
    },
    tooltip: { trigger: "item", formatter: (at: { data: { spot: Spot } }) => tip(at.data.spot.name, at.data.spot.lines) },
    series: [
      {
        type: "custom",
        coordinateSystem: "geo",
        data: spots.map((spot) => ({ value: [spot.lon, spot.lat], spot })),
        renderItem: (params: { dataIndex: number }, api: Api) => ({ type: "group", children: circle(spots, params.dataIndex, api, p) }),
      },
    ],
  };
}

function circle(spots: Spot[], index: number, api: Api, p: Palette): object[] {
  const spot = spots[index]!;
  const [x, y] = api.coord([spot.lon, spot.lat]);
  // The name stands away from the nearest other place.
  const near = spots.filter((s) => s !== spot).sort((a, b) => gap(a, spot) - gap(b, spot))[0];
  const below = near !== undefined && near.lat > spot.lat;
  const edge = api.coord([spot.lon, spot.lat + (radius[spot.precision] ?? 60) / kmPerDegree])[1];
  const stroke = spot.silent ? p.muted : colour(spot.level, p);
  return [
    {
      type: "circle",
      shape: { cx: x, cy: y, r: Math.max(Math.abs(y - edge), 5) },
      style: { fill: spot.silent ? "transparent" : fade(stroke), stroke, lineWidth: 1.5, lineDash: spot.silent ? [4, 3] : undefined },
    },
    { type: "circle", shape: { cx: x, cy: y, r: 2.5 }, style: { fill: stroke } },
    {
      type: "text",
      style: {
        text: spot.name,
        x: x + 6,
        y: below ? y + 5 : y - 5,
        fill: p.text,
        font: `600 12px ${p.font}`,
        verticalAlign: below ? "top" : "bottom",
        stroke: p.surface,
        lineWidth: 3,
      },
    },
  ];
}

function gap(a: Spot, b: Spot): number {
  return Math.hypot(a.lat - b.lat, (a.lon - b.lon) * narrow(a.lat));
}

// The tokens give rgb() or rgba(); a circle lets what lies under it be seen.
function fade(color: string): string {
  const parts = /^rgba?\((\d+),\s*(\d+),\s*(\d+)/.exec(color);
  return parts ? `rgba(${parts[1]}, ${parts[2]}, ${parts[3]}, 0.22)` : color;
}

// Names of actors that an address or a rule has by their ids.

import { get } from "./api";

export type Names = Map<string, string>;

/** isID says whether an actor is given by id, and not by name. */
export const isID = (actor: string): boolean => /^[ia]-[0-9a-z]{12}$/.test(actor);

/** namesOf looks up names by id; who cannot be found stays without. */
export async function namesOf(archive: string, actors: string[]): Promise<Names> {
  const found = await Promise.all(
    [...new Set(actors)].filter(isID).map(async (id) => {
      try {
        return [id, (await get("archives/{archive}/actors/{id}", { archive, id })).identity.name] as const;
      } catch {
        return [id, ""] as const;
      }
    }),
  );
  return new Map(found.filter(([, name]) => name !== ""));
}

/** named is an actor as people read it. */
export const named = (actor: string, names: Names): string => names.get(actor) ?? (isID(actor) ? "an actor of one article" : actor);

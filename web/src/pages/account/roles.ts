// Roles in words.

import type { Role } from "../../lib/types";

export interface RoleMeaning { name: Role; means: string }

/** Each role holds those before it. */
export const roles: RoleMeaning[] = [
  { name: "visitor", means: "sees, with the names of private persons masked" },
  { name: "reader", means: "sees, searches and exports" },
  { name: "contributor", means: "adds doubts and saved searches" },
  { name: "reviewer", means: "confirms, rejects, sets states" },
  { name: "manager", means: "merges, splits, withdraws, ingests" },
  { name: "admin", means: "erases; of every archive: keeps the users" },
];

/** where is an archive in words. */
export function where(archive: string): string {
  return archive === "*" ? "every archive" : archive;
}

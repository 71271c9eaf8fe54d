// Who uses the desk, and what they may do in which archive.

import { get } from "./api";
import type { ArchiveInfo, Me, Role } from "./types";

const order: Role[] = ["none", "visitor", "reader", "contributor", "reviewer", "manager", "admin"];

class Desk {
  me = $state.raw<Me>();
  archives = $state.raw<ArchiveInfo[]>([]);
  ready = $state(false);

  /** start asks who is there; without a session it fails with a Problem of status 401. Pages need not wait for the list of
   * archives, which is counted. */
  async start(): Promise<void> {
    try {
      this.me = await get("me", {});
    } finally {
      this.ready = true;
    }
    this.archives = (await get("archives", {})).archives;
  }

  /** may says whether the user has at least a role in an archive. */
  may(archive: string, role: Role): boolean {
    const has = this.me?.role?.[archive] ?? this.me?.role?.["*"];
    return has !== undefined && order.indexOf(has) >= order.indexOf(role);
  }
}

export const desk = new Desk();

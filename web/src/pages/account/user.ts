import type { Role } from "../../lib/types";

/** User is somebody with an account; the name "public" is whoever has none. */
export interface User {
  name: string;
  email?: string;
  roles: { [archive: string]: Role };
  password: boolean;
  removed: boolean;
  made: string | null;
  seen: string | null;
}

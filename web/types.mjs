// Makes the types of the API (src/lib/openapi.d.ts) from what the program itself says of it: npm run types. PARLEY names a
// program that is built already.

import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const web = dirname(fileURLToPath(import.meta.url));
const [program, ...before] = process.env.PARLEY ? [process.env.PARLEY] : ["go", "run", "../cmd/parley"];
const spec = JSON.parse(execFileSync(program, [...before, "serve", "--openapi"], { cwd: web, maxBuffer: 1 << 26, stdio: ["ignore", "pipe", "inherit"] }).toString(), lengths);

// Only a list of one length is a tuple; a list of at most so many is a list.
function lengths(_, value) {
  if (value?.type === "array" && value.minItems !== value.maxItems) delete value.maxItems;
  return value;
}

writeFileSync(web + "/src/lib/openapi.d.ts", astToString(await openapiTS(spec, { arrayLength: true })));

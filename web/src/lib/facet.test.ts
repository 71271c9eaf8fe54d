import { expect, test } from "vitest";
import { options } from "./facet";

test("what is chosen and not in the list stands behind it", () => {
  const list = [{ id: "AFP", name: "AFP", count: 3 }, { id: "i-1", name: "", count: 1 }];
  expect(options(list, ["AFP", "i-2"], (id) => "name of " + id)).toEqual([
    { value: "AFP", name: "AFP", count: 3 },
    { value: "i-1", name: "i-1", count: 1 },
    { value: "i-2", name: "name of i-2" },
  ]);
  expect(options(undefined, ["AFP"])).toEqual([{ value: "AFP", name: "AFP" }]);
});

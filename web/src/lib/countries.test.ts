import { expect, test } from "vitest";
import { country } from "./countries";

test("codes have names; what is no code stays", () => {
  expect([country("UKR"), country("ECU"), country("XKX"), country("ZZZ"), country("")]).toEqual(["Ukraine", "Ecuador", "Kosovo", "ZZZ", ""]);
});

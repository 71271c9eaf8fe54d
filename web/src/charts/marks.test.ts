import { describe, expect, it } from "vitest";
import { bulk, moment } from "./marks";

const day = (d: string) => ({ from: moment(d), to: moment(d) });
const week = (d: string) => ({ from: moment(d), to: moment(d) + 7 * 86_400_000 });
const march = ["2031-03-01", "2031-03-02", "2031-03-05", "2031-03-09", "2031-03-11", "2031-03-12"].map(day);

describe("the time in which most numbers lie", () => {
  it("is all of it where nothing lies far off", () => {
    expect(bulk(march)).toMatchObject({ early: [], late: [] });
    expect(bulk(march).most).toHaveLength(6);
    expect(bulk([])).toEqual({ most: [], early: [], late: [] });
    expect(bulk([day("2031-03-01"), day("2020-01-01")]).most).toHaveLength(2);
  });

  it("leaves out what lies far before and after", () => {
    const got = bulk([day("2019-05-01"), ...march, day("2024-01-01"), day("2050-01-01"), ...march.map((m) => ({ ...m }))]);
    expect(got.early).toEqual([day("2019-05-01"), day("2024-01-01")]);
    expect(got.late).toEqual([day("2050-01-01")]);
    expect(got.most).toHaveLength(12);
  });

  it("leaves out no more than a quarter on a side", () => {
    expect(bulk([day("2019-05-01"), day("2019-05-02"), ...march.slice(0, 4)]).early).toEqual([]);
  });

  it("keeps a window that reaches into it", () => {
    const long = { from: moment("2020-01-01"), to: moment("2031-03-04") };
    expect(bulk([long, ...march]).early).toEqual([]);
    expect(bulk([week("2030-01-01"), ...march]).early).toEqual([week("2030-01-01")]);
  });
});

// Package ceasefire says whether a ceasefire is holding, and on whose reports. In: an Agreement (a small YAML file, or a
// draft taken from a record) and Observations (from tables of monitors and event data, or from records of articles).
// Out: a Report with a state for each day, its reasons, the series it rests on, what parties claim alone, and a brief of
// the day in which every sentence names the entries and rows behind it.
//
// Observations of different observers, of different things, by different means or in different places are never added
// up: each keeps its own series and is measured against its own past. No report is a gap, never a zero. A claim by
// somebody whom the agreement does not name as an observer is kept and shown, and never moves the state.
//
// Where the ideas come from, in general words: a ceasefire as an object with parties, area, start, end and renewals, and
// ends that parties declare, from the ETH/PRIO Civil Conflict Ceasefire Dataset (Clayton, Nygård, Strand, Rustad and
// others, 2022) and the PA-X Peace Agreements Database (Bell and Badanjak, 2019); what is seen, heard or recorded kept
// apart, windows from evening to evening, counts as a floor of what happened, no verdict on who broke it, from the
// published daily reports of the OSCE Special Monitoring Mission to Ukraine. Hysteresis is that of a Schmitt trigger: it
// takes less to stay in a state than to enter it.
//
// The package reads no clock and no network and prints nothing by itself; equal input in any order gives equal output.
package ceasefire

package record

import "maps"

// Kind is one value of a closed list: what it is called in the record, and what it means.
type Kind struct{ Name, Meaning string }

// Kinds are the closed lists of the record, by field. Documentation is printed from this table, and Check
// holds every record against it.
func Kinds() map[string][]Kind {
	all := statementKinds()
	maps.Copy(all, otherKinds())
	return all
}

func statementKinds() map[string][]Kind {
	return map[string][]Kind{
		"actor.kind": {
			{"person", "one human being, named or not"},
			{"state", "a state, or its government acting for it"},
			{"government", "a ministry or another part of a government"},
			{"office", "the office of a head of state or government, by its seat or its holder"},
			{"armed_force", "the armed forces of a state, or a part of them"},
			{"armed_group", "an armed group that belongs to no recognised state's forces"},
			{"international_organization", "an organisation of states, or one that works among them"},
			{"alliance", "a military alliance"},
			{"media", "a news agency, newspaper or broadcaster"},
			{"company", "a business"},
			{"population", "people as a group: residents, protesters, a nation"},
			{"body", "another organised body: a parliament, court, party, charity"},
			{"other", "anybody else"},
		},
		"place.kind": {
			{"country", "a state or territory"}, {"region", "a part of one, or an area across several"}, {"city", "a town or village"},
			{"feature", "a sea, river, line or another feature of the land"}, {"site", "a single place: a crossing, a plant, a building"},
		},
		"statement.act": {
			{"say", "says, without more"}, {"claim", "puts forward as so what others may doubt"}, {"announce", "makes public"},
			{"report", "tells what happened"}, {"confirm", "says that it is so after others said so"}, {"deny", "says that it is not so"},
			{"acknowledge", "admits"}, {"estimate", "gives a figure or likelihood"}, {"expect", "expects"}, {"believe", "believes"},
			{"hope", "hopes"}, {"fear", "fears"}, {"doubt", "doubts"}, {"warn", "warns"}, {"threaten", "threatens"}, {"pledge", "promises"},
			{"intend", "intends"}, {"agree", "agrees"}, {"offer", "offers"}, {"propose", "proposes"}, {"request", "asks for something to be done"},
			{"demand", "demands"}, {"ask", "asks a question"}, {"reject", "turns down"}, {"accuse", "accuses"}, {"criticise", "criticises"},
			{"praise", "praises"},
		},
		"statement.quotation": {
			{"direct", "in the speaker's own words"}, {"indirect", "in the words of whoever tells it"}, {"mixed", "partly in the speaker's own words"},
		},
	}
}

func otherKinds() map[string][]Kind {
	return map[string][]Kind{
		"event.type": {
			{"AGREE", "agrees to something"}, {"CONSULT", "meets, calls, talks"}, {"SUPPORT", "gives political support"}, {"CONCEDE", "gives way"},
			{"COOPERATE", "works together"}, {"AID", "gives material help"}, {"RETREAT", "withdraws, releases, stands down"},
			{"REQUEST", "asks or demands"}, {"ACCUSE", "accuses, criticises, investigates"}, {"REJECT", "refuses"}, {"THREATEN", "threatens"},
			{"PROTEST", "protests"}, {"SANCTION", "cuts ties or punishes"}, {"MOBILIZE", "readies forces"}, {"COERCE", "represses, detains, seizes"},
			{"ASSAULT", "uses armed force"},
		},
		"event.status": {
			{"actual", "happened"}, {"ongoing", "is happening"}, {"planned", "is to happen"}, {"pledged", "somebody promised it"},
			{"threatened", "somebody threatened it"}, {"requested", "somebody asked for it"}, {"possible", "may happen or may have happened"},
			{"denied", "somebody says it did not or will not happen"},
		},
		"commitment.state": {
			{"open", "neither kept nor broken so far"}, {"kept", "done"}, {"broken", "not done, or the contrary done"}, {"lapsed", "the time is over"},
			{"withdrawn", "taken back"}, {"disputed", "somebody says that it conflicts with something else"},
		},
		"condition.kind": {{"if", "only if"}, {"unless", "only if not"}, {"after", "not before"}, {"until", "only so long"}},
		"contact.kind": {
			{"call", "by telephone or video"}, {"meeting", "face to face"}, {"talks", "negotiations"}, {"visit", "one goes to the other"},
			{"summit", "of heads of state or government"}, {"session", "of a body"}, {"address", "one speaks to many"},
		},
		"contact.status": {
			{"held", "took place"}, {"planned", "is to take place"}, {"proposed", "somebody proposed it"}, {"refused", "somebody refused it"},
			{"unanswered", "proposed, without an answer so far"},
		},
		"figure.bound": {
			{"about", "roughly"}, {"exactly", "this number"}, {"at_least", "this or more"}, {"at_most", "this or less"},
		},
		"contradiction.basis": {
			{"stated", "somebody in the text says so"}, {"inferred", "the reader found it"},
		},
	}
}

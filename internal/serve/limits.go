package serve

import "time"

// Limits bound what one client can take.
type Limits struct {
	Rate    float64       // requests a second of one client, on the average; 0: 50
	Burst   int           // at once; 0: 200
	Streams int           // open streams of all clients; 0: 256
	Time    time.Duration // for an answer; 0: 30 seconds
}

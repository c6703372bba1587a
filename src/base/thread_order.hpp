#pragma once

namespace base {

// Who goes first where all processors are busy. Said by a thread about itself; does nothing where the system
// does not know it (Linux counts these by thread; the first needs 6.12).

// Somebody waits for what this thread does, and it is soon done: an answer to a request.
void go_first();
// Nobody waits: work in the background. It gets on all the same, as a thread that waits for the processor may
// hold what others wait for.
void give_way();

}  // namespace base

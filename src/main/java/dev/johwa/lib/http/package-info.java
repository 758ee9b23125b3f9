/// HTTP as a client: asking whether something answers, and talking to a server.
///
/// Face: [Probe], [HttpCalls], [LoopbackServer], [FreeAddress], [AcceptedCodings]. Must never know what is asked for.
@NullMarked
package dev.johwa.lib.http;

import org.jspecify.annotations.NullMarked;

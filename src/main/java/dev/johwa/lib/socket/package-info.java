/// Connections of protocols that are not HTTP: taken, bounded and given to who speaks the protocol.
///
/// Face: [StreamServer], [Connection], [PulseAnswers], [ServerTls]. A connection comes → it has a thread of its own and
/// a [Connection], whose waits have deadlines → it is closed when its conversation ends, when a deadline has passed or
/// with the server. Must never know what is said.
@NullMarked
package dev.johwa.lib.socket;

import org.jspecify.annotations.NullMarked;

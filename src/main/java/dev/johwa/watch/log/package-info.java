/// One store for lines of logs, whoever said them: forwarded records, and what else is brought to it.
///
/// Face: [AppLogs], [LogStore], [LogLine], [LogSource], [LogSearch], [Term], [Terms], [ForwardPort]. Lines come →
/// secrets are
/// hidden → a
/// journal has them on the disk, then it is told so → a full journal becomes compressed blocks of each app with an
/// index → what is over the budget goes, of the noisiest app first. A search opens only blocks that may hold what is
/// looked for. Must never know doors, nor how instances are started.
@NullMarked
package dev.johwa.watch.log;

import org.jspecify.annotations.NullMarked;

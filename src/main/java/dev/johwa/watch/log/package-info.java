/// One store for lines of logs, whoever said them: forwarded records, and what else is brought to it.
///
/// Face: [AppLogs], [LogStore], [LogLine], [LogKind], [LogSource], [LogSearch], [Term], [Terms], [ForwardPort]; and
/// [RunLines], [AccessLines], [PlatformLines], which bring what runs say, what the edge answers and what the platform
/// warns of, and [LineCounts]. Lines come → secrets are hidden → a journal has them on the disk, then it is told so →
/// a full journal becomes compressed blocks of each app and kind with an index → what is over the budget goes,
/// requests first, then of the noisiest app. A search opens only blocks that may hold what is looked for. Must never
/// know doors, nor how instances are started.
@NullMarked
package dev.johwa.watch.log;

import org.jspecify.annotations.NullMarked;

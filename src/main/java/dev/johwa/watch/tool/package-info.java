/// Files for tools with which a team watches already: what this platform knows of a project's apps, in their words.
///
/// Face: [WatchFiles], [Tool], [ScrapeTarget]. Apps with their objectives → scrape configuration, rules, a dashboard,
/// routes of alerts, a way of logs to here; what a file leaves open is told. Reads nothing and writes nothing. Must
/// never
/// know a server, nor where figures are kept.
@NullMarked
package dev.johwa.watch.tool;

import org.jspecify.annotations.NullMarked;

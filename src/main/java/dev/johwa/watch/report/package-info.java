/// Tells git hosts elsewhere how their commits fare here: runs as commit statuses, releases as deployments.
///
/// Face: [Reporter]. facts, from a cursor on → one row for each thing that is told, newest state → the host, again and
/// again until it took it. A host that is slow holds up nobody else. Must never know what hosts speak.
@NullMarked
package dev.johwa.watch.report;

import org.jspecify.annotations.NullMarked;

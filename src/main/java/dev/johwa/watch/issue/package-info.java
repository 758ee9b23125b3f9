/// What happens here, as issues tell it: problems that open them, commits that name them, releases that settle them.
///
/// Face: [ConditionIssues], [IssueKeeping], [Whereabouts], [Since]. A condition of `watch.notice` → an issue, closed
/// with it; a push → commits that name one; a release in production → what it settles is closed, until it is rolled
/// back. Must never know doors.
@NullMarked
package dev.johwa.watch.issue;

import org.jspecify.annotations.NullMarked;

/// Issues of a project: what people and the platform found, and what became of it.
///
/// Face: [Issues], [Issue], [Story], [Mention]. A person or a condition opens one → comments, labels, a state → commits
/// name it → what is live closes it. All of it is in the database, bounded. Must never know runs, releases, or what a
/// condition is: who knows them calls.
@NullMarked
package dev.johwa.source.issue;

import org.jspecify.annotations.NullMarked;

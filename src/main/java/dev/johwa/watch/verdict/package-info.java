/// Whether a release is good for its users: watched after its switch, judged beside the one before, undone when that is
/// certain.
///
/// Face: [ReleaseWatch], [ReleaseJudged], [Judge], [Explanation], [Undone]. A release goes live → what the edge
/// counts, step by step, kept → [Judge], a pure function of it → a verdict with its reason → bad and certain: back to
/// the one
/// before, once → the fact [ReleaseJudged]. A canary is led from step to step by the same verdicts ([Gate]).
/// Memory and lines of errors stand beside ([Evidence]). Must never know doors, nor who is told.
@NullMarked
package dev.johwa.watch.verdict;

import org.jspecify.annotations.NullMarked;

/// A push becomes runs; a run tests a commit and makes an artifact of it.
///
/// Face: [Pipelines], [Run], [Delivery], [Passed]. push → which refs do what → run: check out, detect, settings →
/// install, test, build in a sandbox → artifact → [Delivery], which a later room implements. A tree that passed is not
/// built again; what steps keep for the next run is bounded. Must never know what a release is.
@NullMarked
package dev.johwa.build.pipeline;

import org.jspecify.annotations.NullMarked;

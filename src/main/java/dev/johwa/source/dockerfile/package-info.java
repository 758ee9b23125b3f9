/// What a Dockerfile says, and which files go into the build of its image.
///
/// Face: [Dockerfile], [ImageDescription], [BuildContext]. Bytes → lines and heredocs → statements
/// (`syntax`) → instructions, each checked (`instruction`) → stages → what the image will be, and what a builder must
/// be able to do (`stage`); problems that a person should know of beside the errors (`advice`). An error is what
/// BuildKit's own parser refuses, which a test holds against it, or a stage that another cannot have. Reads only; must
/// never know who builds.
@NullMarked
package dev.johwa.source.dockerfile;

import org.jspecify.annotations.NullMarked;

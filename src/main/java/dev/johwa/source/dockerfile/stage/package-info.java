/// The stages of a Dockerfile: who needs whom, what variables hold, and what the image of a stage will say, as
/// `dockerfile2llb` of BuildKit works it out. Without the base images: what they say stays unknown.
@NullMarked
package dev.johwa.source.dockerfile.stage;

import org.jspecify.annotations.NullMarked;

/// Instances as containers of an engine of this machine.
///
/// A spec and the image of its artifact → a container with networks, volumes, limits and ways of its own, found again
/// by
/// the file `state` in `APP/containers/ID` and by labels; what it prints is copied to `run` there, as processes do by
/// themselves. Touches nothing in the engine that has not the labels of this platform.
@NullMarked
package dev.johwa.serve.target.docker;

import org.jspecify.annotations.NullMarked;

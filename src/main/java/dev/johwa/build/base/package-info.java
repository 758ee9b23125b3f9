/// What was built goes onto a base and becomes an image that every container engine runs, without any engine here.
///
/// Face: [BaseImages], [Base], [StandardImages], [ImageFace], [StaticProgram]. base by its name in the registry →
/// unpacked once, so that steps can run in it → its layers as they are, those of an artifact on top → manifest that
/// speaks of the artifact, in the repository of the app. Must never know runs, settings or releases.
@NullMarked
package dev.johwa.build.base;

import org.jspecify.annotations.NullMarked;

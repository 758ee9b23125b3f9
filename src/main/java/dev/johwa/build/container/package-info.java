/// A Dockerfile and its files become an image in our store.
///
/// Face: [ImageBuilds], made of [ImageParts] and [BuildkitPlace]; [ImageOrder], [BuildWord], [Inbox]. What the builder
/// at hand cannot do is told before → the files go to it, BuildKit where it answers, else the container engine, and it
/// builds with its own cache → what it made comes into the store as an artifact. The engine keeps the image under a
/// name of ours as long as a release may need it. Must never know runs, apps or releases.
@NullMarked
package dev.johwa.build.container;

import org.jspecify.annotations.NullMarked;

/// Inside the edge process: connections of people, connections to instances, files and their compressed copies.
@NullMarked
package dev.johwa.serve.router.proxy;

import org.jspecify.annotations.NullMarked;

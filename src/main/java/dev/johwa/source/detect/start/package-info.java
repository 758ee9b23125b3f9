/// Files that say in any stack how an application runs: Procfile, heroku.yml, app.json, Makefile, start.sh. Who comes
/// before whom stands in one place, `StartFiles`.
@NullMarked
package dev.johwa.source.detect.start;

import org.jspecify.annotations.NullMarked;

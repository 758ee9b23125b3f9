/// How pages look: functions from what the API tells to HTML, in English and Korean.
///
/// A view is given a [Visit] (whose browser, which language, which moment) and records of `door.api` or of this
/// package. The same function draws a part in the page and when it changes later. No view asks a room for anything.
@NullMarked
package dev.johwa.door.web.page;

import org.jspecify.annotations.NullMarked;

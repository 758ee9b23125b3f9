/// HTML made of Java: pages whose every part is a function, checked like all other code.
///
/// Face: [Html], [Tags]. Text and values of attributes are always escaped, and there is no way around it; attributes
/// that would run or style something inline are refused, so that a strict Content-Security-Policy holds by
/// construction. Must never know what a page is about.
@NullMarked
package dev.johwa.lib.html;

import org.jspecify.annotations.NullMarked;

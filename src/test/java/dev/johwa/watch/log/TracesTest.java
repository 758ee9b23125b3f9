package dev.johwa.watch.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.serve.target.Logs;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is one in the log is one trace as its language prints it, and no line more.
class TracesTest {
    private static List<String> joined(String text) {
        var lines = text.lines()
                .map(line -> new Logs.Line(Instant.EPOCH, false, line, "err", 1, "shop-1"))
                .toList();
        return Traces.joined(lines).stream().map(Logs.Line::text).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                Exception in thread "main" java.lang.IllegalStateException: no
                	at shop.Basket.fill(Basket.java:12)
                	... 3 more
                Caused by: java.io.IOException: gone
                	at shop.Shelf.take(Shelf.java:4)""", """
                Traceback (most recent call last):
                  File "x", line 1
                    f()
                ValueError: no""", """
                app.rb:3:in `fill': no basket (RuntimeError)
                	from app.rb:7:in `each'
                	from app.rb:9:in `<main>'""", """
                panic: runtime error: index out of range [3] with length 2 [recovered]
                	panic: runtime error: index out of range [3] with length 2
                [signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x48]

                goroutine 1 [running]:
                main.(*Basket).fill(0xc000012345, {0x1, 0x2})
                	/src/main.go:12 +0x1d
                main.main()
                	/src/main.go:5 +0x25
                created by net/http.(*Server).Serve in goroutine 1
                	/usr/lib/go/src/net/http/server.go:3285 +0x4b4
                exit status 2""", """
                2026/11/28 10:00:00 http: panic serving 127.0.0.1:4: no basket
                goroutine 34 [running]:
                net/http.(*conn).serve.func1()
                	/usr/lib/go/src/net/http/server.go:1903 +0xbe""", """
                PHP Fatal error:  Uncaught RuntimeException: no basket in /app/fill.php:3
                Stack trace:
                #0 /app/index.php(5): fill()
                #1 {main}
                  thrown in /app/fill.php on line 3""", """
                thread 'main' (4711) panicked at src/main.rs:2:5:
                no basket
                stack backtrace:
                   0: rust_begin_unwind
                             at /rustc/library/std/src/panicking.rs:645:5
                   1: shop::fill
                             at ./src/main.rs:2:5
                note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace."""})
    void aTraceIsOneLine(String trace) {
        assertThat(joined("before\n" + trace + "\nGET / 200\n42 things"))
                .containsExactly("before", trace, "GET / 200", "42 things");
    }

    @Test
    void whatOnlySoundsLikeOneStaysApart() {
        var text = """
                do not panic
                fill(basket)
                #1 in the charts
                goroutine 3 [running]:
                note: run with care""";
        assertThat(joined(text)).containsExactlyElementsOf(text.lines().toList());
    }
}

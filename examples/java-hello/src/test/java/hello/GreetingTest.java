package hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class GreetingTest {
    private final Greeting greeting = new Greeting("Hello", at("2026-01-01T09:30:00Z"));

    @Test
    void greetsByName() {
        assertEquals("Hello, Ada! Good morning.", greeting.to("Ada"));
    }

    @Test
    void greetsTheWorldWhenNobodyIsNamed() {
        assertEquals("Hello, world! Good morning.", greeting.to("  "));
    }

    @Test
    void knowsTheTimeOfDay() {
        assertEquals("Hi, Ada! Good afternoon.", new Greeting("Hi", at("2026-01-01T12:00:00Z")).to("Ada"));
        assertEquals("Hi, Ada! Good evening.", new Greeting("Hi", at("2026-01-01T18:00:00Z")).to("Ada"));
    }

    @Test
    void refusesAnEndlessName() {
        var name = "x".repeat(Greeting.LONGEST_NAME + 1);
        assertThrows(IllegalArgumentException.class, () -> greeting.to(name));
    }

    private static Clock at(String time) {
        return Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
    }
}

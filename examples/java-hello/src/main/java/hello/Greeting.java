package hello;

import java.time.Clock;
import java.time.LocalTime;

/** What the application has to say: a greeting that fits the name and the hour. */
public final class Greeting {
    static final int LONGEST_NAME = 50;

    private final String word;
    private final Clock clock;

    public Greeting(String word, Clock clock) {
        this.word = word;
        this.clock = clock;
    }

    /** Greets someone; a blank name greets the world. */
    public String to(String name) {
        var whom = name.isBlank() ? "world" : name.strip();
        if (whom.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("a name has at most " + LONGEST_NAME + " letters");
        }
        return word + ", " + whom + "! Good " + partOfDay() + ".";
    }

    private String partOfDay() {
        int hour = LocalTime.now(clock).getHour();
        if (hour < 12) {
            return "morning";
        }
        return hour < 18 ? "afternoon" : "evening";
    }
}

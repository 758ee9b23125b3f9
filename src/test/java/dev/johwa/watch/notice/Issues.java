package dev.johwa.watch.notice;

import dev.johwa.source.host.Tracker;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A host's issues in memory: what was said about them.
final class Issues implements Tracker {
    private final List<Word> words = new CopyOnWriteArrayList<>();
    private volatile Told answer = new Told.Done("said");

    List<Word> words() {
        return words;
    }

    /// What is answered from now on.
    void answer(Told told) {
        answer = told;
    }

    @Override
    public String require(String project) {
        return "github.com/acme/" + project;
    }

    @Override
    public Told say(String project, Word word) {
        words.add(word);
        return answer;
    }
}

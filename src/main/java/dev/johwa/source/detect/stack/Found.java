package dev.johwa.source.detect.stack;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;

/// Files that were asked for. The walk behind it goes only as far as is read here: whether there are any, the first, or
/// the first hundred cost no more than that; the size costs all. Used by one thread.
final class Found extends AbstractList<String> {
    private final Walk walk;
    private final int deepest;
    private final Predicate<String> wanted;
    private final List<String> matching = new ArrayList<>();
    private int next;

    Found(Walk walk, int deepest, Predicate<String> wanted) {
        this.walk = walk;
        this.deepest = deepest;
        this.wanted = wanted;
    }

    private boolean has(int index) {
        while (matching.size() <= index) {
            var file = walk.file(next, deepest);
            if (file.isEmpty()) {
                return false;
            }
            next++;
            file.filter(wanted).ifPresent(matching::add);
        }
        return true;
    }

    @Override
    public String get(int index) {
        if (index < 0 || !has(index)) {
            throw new IndexOutOfBoundsException(index);
        }
        return matching.get(index);
    }

    @Override
    public int size() {
        while (has(matching.size())) {
            // Each step takes one more.
        }
        return matching.size();
    }

    @Override
    public boolean isEmpty() {
        return !has(0);
    }

    @Override
    public Iterator<String> iterator() {
        return new Iterator<>() {
            private int place;

            @Override
            public boolean hasNext() {
                return has(place);
            }

            @Override
            public String next() {
                if (!has(place)) {
                    throw new NoSuchElementException();
                }
                return matching.get(place++);
            }
        };
    }

    @Override
    public Spliterator<String> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL);
    }
}

package dev.tidemark.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tidemark.algebra.Query.Term;
import dev.tidemark.fuzz.OnBrokenSeeds;
import dev.tidemark.fuzz.SeedCorpus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A query is refused with a place within it, or reads the same when it is written again; and matches what it says. */
class QueryFuzz {
    @FuzzTest
    void aQueryReadsTheSameWhenWrittenAgain(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Query query;
        try {
            query = Query.parse(text);
        } catch (QueryError refused) {
            assertThat(refused.position()).isBetween(0, text.length());
            return;
        }
        List<Term> terms = query.terms();
        for (Term term : terms)
            assertThat(term.values()).isNotEmpty().doesNotHaveDuplicates().allMatch(CanonicalJson::isScalar);
        String written = terms.stream().map(QueryFuzz::written).collect(Collectors.joining(" AND "));
        if (written.length() <= Query.TEXT_MAX_CHARS)
            assertThat(Query.parse(written).terms()).isEqualTo(terms);
        assertThat(query.matches(image(terms))).isEqualTo(isMatch(terms));
    }

    private static String written(Term term) {
        return CanonicalJson.quote(term.field()) + " in [" + String.join(", ", term.values()) + "]";
    }

    /** Each field has the first value that a term of the query wants it to have. */
    private static Image image(List<Term> terms) {
        TreeMap<String, String> fields = new TreeMap<>(CanonicalJson.NAMES);
        for (Term term : terms) fields.putIfAbsent(term.field(), term.values().get(0));
        return Image.ofCanonical(CanonicalJson.object(fields));
    }

    private static boolean isMatch(List<Term> terms) {
        TreeMap<String, String> fields = new TreeMap<>();
        for (Term term : terms) fields.putIfAbsent(term.field(), term.values().get(0));
        return terms.stream().allMatch(term -> term.values().contains(fields.get(term.field())));
    }

    @OnBrokenSeeds
    void aBrokenSeedReadsTheSameWhenWrittenAgain() {
        SeedCorpus.of(getClass()).eachBroken(this::aQueryReadsTheSameWhenWrittenAgain);
    }
}

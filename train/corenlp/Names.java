import edu.stanford.nlp.ie.crf.CRFClassifier;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Reads sentences, a line each with blanks between the words, and writes the class of each word. */
public class Names {
    private static final String MODEL = "edu/stanford/nlp/models/ner/english.all.3class.distsim.crf.ser.gz";

    public static void main(String[] args) throws Exception {
        CRFClassifier<CoreLabel> recogniser = CRFClassifier.getClassifier(MODEL);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            List<CoreLabel> words = new ArrayList<>();
            for (String form : line.split(" ")) {
                CoreLabel word = new CoreLabel();
                word.setWord(form);
                words.add(word);
            }
            var classes = new StringJoiner(" ");
            for (CoreLabel word : recogniser.classifySentence(words)) {
                classes.add(word.get(CoreAnnotations.AnswerAnnotation.class));
            }
            out.println(classes);
        }
        out.flush();
    }
}

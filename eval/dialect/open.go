package dialect

// openWords are words that mean several things elsewhere: what stands for them in the
// tables is only the likeliest.
const openWords = "pool pooling subsample subsampling color colour norm frozen merge join stack skip skipconnection attention weight query"

// IsOpen reports a word whose entry is only the likeliest of several.
func IsOpen(word string) bool { return holds(openWords, Plain(word)) }

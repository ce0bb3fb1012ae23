package main

import (
	"encoding/json"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// probe measures, inside the browser, what a person sees of a page: the least
// contrast of a text with what is behind it, whether anything reaches beyond
// the window, whether formulas have a height, whether tables say what they are.
const probe = `<script>
function light(color) {
	const c = color.match(/[\d.]+/g).slice(0, 3).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
	return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}
function behind(e) {
	for (; e; e = e.parentElement) {
		const color = getComputedStyle(e).backgroundColor;
		if (!/, 0\)$/.test(color)) return color;
	}
	return "rgb(255, 255, 255)";
}
let least = 99, texts = 0;
for (const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT); walker.nextNode();) {
	const e = walker.currentNode.parentElement;
	if (!walker.currentNode.data.trim() || e.closest("script, style, svg")) continue;
	const a = light(getComputedStyle(e).color), b = light(behind(e));
	least = Math.min(least, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
	texts++;
}
// broken reports a word of up to ten letters that is on two lines.
function broken(h) {
	const text = h.firstChild;
	if (!text || text.nodeType != Node.TEXT_NODE) return false;
	return [...text.data.matchAll(/\S+/g)].some(m => {
		const range = document.createRange();
		range.setStart(text, m.index);
		range.setEnd(text, m.index + m[0].length);
		return m[0].length <= 10 && new Set([...range.getClientRects()].map(r => r.top)).size > 1;
	});
}
// listed are the rows of a table with orders to choose from, as a person sees them in each.
const rows = [...document.querySelectorAll(".orders + .wide > table > tbody > tr")];
const listed = [...document.querySelectorAll(".orders input")].map(choice => {
	choice.click();
	const top = r => r.getBoundingClientRect().top;
	return [...rows].sort((a, b) => top(a) - top(b)).map(r => r.cells[0].textContent + " " + r.cells[2].textContent);
});
const answer = document.createElement("pre");
answer.className = "probe";
answer.textContent = JSON.stringify({
	page: frameElement.title, contrast: least, texts: texts, paper: getComputedStyle(document.body).backgroundColor,
	beyond: document.documentElement.scrollWidth - document.documentElement.clientWidth,
	flat: [...document.querySelectorAll("math")].filter(m => m.getBoundingClientRect().height < 8).length,
	uncaptioned: [...document.querySelectorAll("table")].filter(t => !t.caption || !t.caption.textContent.trim()).length,
	unscoped: document.querySelectorAll("th:not([scope])").length,
	broken: [...document.querySelectorAll("th")].filter(h => broken(h)).map(h => h.textContent),
	small: [...document.querySelectorAll("svg")].filter(s => s.getBoundingClientRect().width < 0.9 * s.viewBox.baseVal.width).length,
	listed: listed,
	foreign: document.querySelectorAll("[src], link, iframe, object, form").length,
});
parent.document.body.append(answer);
</script>`

type seen struct {
	Page                                                string
	Contrast                                            float64
	Texts, Beyond, Flat, Uncaptioned, Unscoped, Foreign int
	Small                                               int
	Broken                                              []string
	Listed                                              [][]string
	Paper                                               string
}

// chromium is a browser to look at pages with, or the test is skipped.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if program, err := exec.LookPath(name); err == nil {
			return program
		}
	}
	lacks(t, "there is no Chromium on this machine: no page was looked at")
	return ""
}

var answered = regexp.MustCompile(`<pre class="probe">([^<]*)</pre>`)

var policy = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)

// look opens all pages in frames of one page, wide and narrow, light or dark.
func look(t *testing.T, browser string, pages map[string]string, dark bool) (list []seen) {
	t.Helper()
	frames := `<!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><body>`
	for name, page := range pages {
		if !policy.MatchString(page) {
			t.Errorf("%s has no content security policy", name)
		}
		page = html.EscapeString(strings.Replace(policy.ReplaceAllString(page, ""), "</body>", probe+"</body>", 1))
		for _, width := range []string{"1200", "500"} {
			frames += `<iframe style="border: 0; height: 900px; width: ` + width + `px" title="` + name + `, ` + width + ` wide" srcdoc="` + page + `"></iframe>`
		}
	}
	scheme := "preferredColorScheme=1"
	if dark {
		scheme = "preferredColorScheme=0"
	}
	cmd := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--user-data-dir="+t.TempDir(), "--blink-settings="+scheme, "--window-size=1400,900", "--dump-dom", "file://"+write(t, filepath.Join(t.TempDir(), "page.html"), frames))
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", browser, err)
	}
	for _, m := range answered.FindAllStringSubmatch(string(out), -1) {
		var s seen
		if err := json.Unmarshal([]byte(html.UnescapeString(m[1])), &s); err != nil {
			t.Fatalf("the browser answers %q", m[1])
		}
		list = append(list, s)
	}
	return list
}

// TestPagesInABrowser looks at pages as people do: wide and narrow, light and
// dark.
func TestPagesInABrowser(t *testing.T) {
	long(t)
	browser := chromium(t)
	docs(t)
	papers := map[string]bool{}
	sheets := t.TempDir()
	pages := map[string]string{}
	for _, file := range []string{"examples/homework/cmyk.cnnl", "zoo/resnet50"} {
		pages[file], _, _ = cnnl(t, "", "explain", file, "--macs", "--field", "-o", "html")
	}
	pages["the class"], _, _ = cnnl(t, "", "grade", "examples/grading/key.cnnl", "examples/grading/submissions", "--roster", "examples/grading/roster.csv", "-o", "html", "--feedback", "html="+sheets, "--reveal")
	sheet, err := os.ReadFile(filepath.Join(sheets, "nakamurarosa_20027_310189_hw3.html"))
	if err != nil {
		t.Fatal(err)
	}
	pages["a sheet"] = string(sheet)
	for _, dark := range []bool{false, true} {
		list := look(t, browser, pages, dark)
		if len(list) != 2*len(pages) {
			t.Errorf("%d pages were looked at", len(list))
		}
		for _, s := range list {
			papers[s.Paper] = true
			if s.Contrast < 4.5 || s.Beyond > 0 || s.Flat+s.Uncaptioned+s.Unscoped+s.Foreign+s.Small+len(s.Broken) > 0 || s.Texts < 30 {
				t.Errorf("dark %v: %+v", dark, s)
			}
			if strings.HasPrefix(s.Page, "the class") {
				sorted(t, s)
			}
		}
	}
	if len(papers) != 2 {
		t.Errorf("light and dark look alike: %v", papers)
	}
}

// sorted wants the rows of a class in every order that can be chosen.
func sorted(t *testing.T, s seen) {
	t.Helper()
	want := [][2]string{{"20015 ", "20039 6.57"}, {"20000 15", "20039 6.57"}, {"20017 15", "20021 13"}, {"20031 2", "20023 "}, {"20000 15", "20023 "}}
	if len(s.Listed) != len(want) {
		t.Fatalf("%s: %d orders", s.Page, len(s.Listed))
	}
	for i, w := range want {
		if list := s.Listed[i]; len(list) != 40 || list[0] != w[0] || list[39] != w[1] {
			t.Errorf("%s, order %d: %q", s.Page, i+1, list)
		}
	}
}

//! `desk coverage`: in the terminal, and its page in a browser.

use serde_json::json;

use super::*;

const WEEK: [&str; 5] = ["coverage", "--rows", SAMPLES, "--at", "2026-11-24 10:00"];

#[tokio::test]
async fn coverage_in_the_terminal() {
    let done = desk(None, &WEEK).await;
    assert_eq!(done.code, 0, "{}", done.err);
    insta::assert_snapshot!("coverage", done.out);
    // By name: who is alone on Saturday night?
    let done = desk(None, &[&WEEK[..], &["--who"]].concat()).await;
    insta::assert_snapshot!("coverage-who", done.out);
    for line in done.out.lines() {
        assert!(line.chars().count() <= 80, "wider than 80 columns: {line}");
    }
}

/// A hole of half an hour is one, and rows in error stand on top.
#[tokio::test]
async fn coverage_to_the_minute() {
    let rules = json!([
        { "RuleId": "day", "Priority": 1, "Rosters": ["desk"] },
        { "RuleId": "bad", "Priority": 2, "Platfroms": ["iOS"], "AgentGroupId": 5 },
    ]);
    let agents = json!([
        { "AgentId": "ann", "Rosters": ["desk"], "Shifts": "00:00-12:00,12:30-24:00" },
    ]);
    let folder = Folder::new("minute", &[("rules.json", rules), ("agents.json", agents)]);
    let page = folder.0.join("page.html");
    let html = page.to_str().unwrap();
    let week = ["coverage", "--rows", folder.path(), "--at", "2026-11-24", "--html", html];
    for (default_group, list, id) in [
        ("", "\nholes:\n", "id=\"holes\""),
        // The default group answers, which is no hole.
        ("1000", "\nno holes\n\ngroups in place of agents:\n", "id=\"groups\""),
    ] {
        let mut coverage = command(None, &week);
        let coverage = coverage.env("DEFAULT_AGENT_GROUP_ID", default_group);
        let done = done(coverage.output().await.unwrap());
        assert!(done.out.contains("1 row in error and not used"), "{}", done.out);
        assert!(done.out.contains("rules `bad`"), "{}", done.out);
        let stretch = "  Tue 24 Nov 12:00 – 12:30 (30 min)\n";
        assert!(done.out.contains(&format!("{list}{stretch}")), "{}", done.out);
        assert!(done.out.contains("164 h 30 min  day"), "{}", done.out);
        let html = std::fs::read_to_string(&page).unwrap();
        let (broken, list) = (html.find("id=\"broken\"").unwrap(), html.find(id).unwrap());
        assert!(broken < list, "rows in error stand on top");
        assert!(html[list..].contains("Tue 24 Nov 12:00 – 12:30"), "the stretch is on the page");
    }
}

#[tokio::test]
async fn coverage_in_a_browser() {
    let folder = Folder::new("coverage", &[]);
    let page = folder.0.join("coverage.html");
    let done =
        desk(None, &[&WEEK[..], &["--who", "--html", page.to_str().unwrap()]].concat()).await;
    assert_eq!(done.code, 0, "{}", done.err);
    let html = std::fs::read_to_string(&page).unwrap();
    for outside in ["http:", "https:", "src=", "url(", "<script", "<link"] {
        assert!(!html.contains(outside), "the page needs something else: {outside}");
    }
    // The names of the terminal are those of the page.
    for name in ["minji@example.com", "noor@example.com", "seoul-day", "after-hours"] {
        assert!(html.contains(name) && done.out.contains(name), "{name}");
    }
    assert_eq!(html.matches("<details>").count(), 7 * 5, "seven days of answers, of four rosters");
    assert_eq!(
        html.matches("<li>").count(),
        done.out.matches("nobody is eligible, so").count() / 2
    );
    let Some(browser) = browser() else {
        assert!(
            std::env::var_os("DESK_REQUIRE_BROWSER").is_none(),
            "a browser is required, and there is none"
        );
        println!("LEFT OUT: there is no Chromium here, so the page was not looked at in a browser");
        return;
    };
    // A copy with a script that says what is wider than the page, every day opened.
    let measure = "<script>document.querySelectorAll('details').forEach(d => d.open = true);\
        const w = document.documentElement.clientWidth, \
        wide = [...document.body.querySelectorAll('*')]\
        .filter(e => e.getBoundingClientRect().right > w + 1 \
        || e.getBoundingClientRect().left < -1)\
        .map(e => e.tagName + '.' + e.className);\
        document.title = 'page ' + w + ' scroll ' \
        + document.documentElement.scrollWidth + ' wide ' + wide.join(' ');</script>";
    let measured = folder.0.join("measured.html");
    std::fs::write(&measured, html.replace("</body>", &format!("{measure}</body>"))).unwrap();
    let profile = folder.0.join("profile");
    let run = async |arguments: &[&str], page: &Path| {
        let mut command = tokio::process::Command::new(&browser);
        command.args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
        ]);
        command.arg(format!("--user-data-dir={}", profile.display())).args(arguments);
        let output = command.arg(format!("file://{}", page.display())).output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let mut pictures = Vec::new();
    for (width, height) in [(390, 3000), (1280, 1900)] {
        // A window of Chromium is at least 500 wide, a frame is not.
        let frame = folder.0.join(format!("frame-{width}.html"));
        let framed = |page: &str| {
            format!(
                "<body style=\"margin:0\"><iframe src=\"{page}\" \
                style=\"border:0;width:{width}px;height:{height}px\"></iframe>"
            )
        };
        std::fs::write(&frame, framed("coverage.html")).unwrap();
        let size = format!("--window-size={},{height}", width.max(500));
        let frame_measured = folder.0.join(format!("measured-{width}.html"));
        let reader = "<script>onload = () => document.title = frames[0].document.title</script>";
        std::fs::write(&frame_measured, framed("measured.html") + reader).unwrap();
        let dom = run(
            &[&size, "--allow-file-access-from-files", "--virtual-time-budget=3000", "--dump-dom"],
            &frame_measured,
        )
        .await;
        let said = dom.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next());
        let expected = format!("page {width} scroll {width} wide");
        assert_eq!(said.map(str::trim), Some(expected.as_str()), "nothing is wider than the page");
        for (scheme, setting) in [("light", "1"), ("dark", "0")] {
            let picture = folder.0.join(format!("{scheme}-{width}.png"));
            let setting = format!("--blink-settings=preferredColorScheme={setting}");
            run(&[&size, &setting, &format!("--screenshot={}", picture.display())], &frame).await;
            pictures.push(std::fs::read(picture).unwrap());
        }
    }
    for (index, picture) in pictures.iter().enumerate() {
        assert!(picture.len() > 20_000, "an empty page: {} bytes", picture.len());
        assert!(pictures.iter().skip(index + 1).all(|other| other != picture), "all four differ");
    }
}

fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|candidate| candidate.exists())
}

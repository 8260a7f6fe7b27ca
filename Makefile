# The short commands: `make minutes YEAR=2016` sets this folder up once and then only calls .venv/bin/hoinghi.
# Works with GNU make 3.81 (macOS) and later.

override SHELL       := /bin/sh
override .SHELLFLAGS := -c
.DEFAULT_GOAL        := help

# ---- What may be said on the command line or in the environment ------------------------------------------
#
# A value never runs anything. Make would expand `$(shell …)` in it, so each value is frozen as plain text here,
# before any recipe; and a shell would read `;` or quotes in it, so recipes name it "$$YEAR": the environment
# hands it over, and nobody parses it again.
settings := YEAR FORMAT INPUTS OUTPUTS TEMPLATES

override YEAR      := $(value YEAR)
override FORMAT    := $(value FORMAT)
override INPUTS    := $(value INPUTS)
override OUTPUTS   := $(value OUTPUTS)
override TEMPLATES := $(value TEMPLATES)
export $(settings)

# Make hands every variable of the command line to its children, expanding it: one that nobody froze is refused.
unknown := $(strip $(filter-out $(settings),$(foreach v,$(.VARIABLES),$(if $(filter command,$(origin $(v))),$(v)))))
ifneq ($(unknown),)
$(error Không có biến “$(unknown)”. Các biến được dùng: $(settings))
endif

plain := a b c d e f g h i j k l m n o p q r s t u v w x y z \
         A B C D E F G H I J K L M N O P Q R S T U V W X Y Z 0 1 2 3 4 5 6 7 8 9 _ -
comma := ,
# What is left of text $(1) after striking out each of the characters $(2).
strike = $(if $(2),$(call strike,$(subst $(firstword $(2)),,$(1)),$(wordlist 2,$(words $(2)),$(2))),$(1))

ifneq ($(call strike,$(YEAR),$(plain))$(filter -%,$(YEAR)),)
$(error Biến YEAR không hợp lệ: chỉ dùng chữ số, chữ cái không dấu, gạch nối (không ở đầu) và gạch dưới. Ví dụ: YEAR=2016)
endif
ifneq ($(call strike,$(FORMAT),$(plain) $(comma))$(filter -%,$(FORMAT)),)
$(error Biến FORMAT không hợp lệ: chỉ dùng tên định dạng, cách nhau bằng dấu phẩy, không có dấu cách. Ví dụ: FORMAT=docx$(comma)pdf)
endif

# ---- What can be made -------------------------------------------------------------------------------------

# A kind of document is a folder of templates/ that holds a kind.yaml; it needs no line here.
folders  := $(patsubst templates/%/kind.yaml,%,$(filter templates/%/kind.yaml,$(wildcard templates/*/kind.yaml)))
kinds    := $(sort $(foreach k,$(folders),$(if $(call strike,$(k),$(plain)),,$(k))))
commands := help all demo-sign test lint types imports check fuzz bench audit accept messages reference font-metrics lock wheel clean
.PHONY: $(commands) $(kinds) FORCE

absent := $(strip $(filter-out $(commands) $(kinds) .venv/%,$(MAKECMDGOALS)))
ifneq ($(absent),)
$(error Không có lệnh “$(absent)”. Gõ “make help” để xem các lệnh)
endif
ifneq ($(filter all $(kinds),$(MAKECMDGOALS)),)
ifeq ($(YEAR),)
$(error Thiếu biến YEAR (tên thư mục trong inputs/). Ví dụ: make $(firstword $(filter all $(kinds),$(MAKECMDGOALS))) YEAR=2016)
endif
endif

bin := .venv/bin

help: ## Liệt kê các lệnh
	@printf '%s\n\n' 'Cách dùng: make <lệnh> [BIẾN=giá trị]'
	@for kind in $(kinds); do \
	  name=$$(sed -n 's/^name: *//p' "templates/$$kind/kind.yaml"); \
	  printf '  %-13s %s\n' "$$kind" "Soạn văn bản: $${name:-mẫu templates/$$kind}, cần YEAR"; \
	done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' Makefile
	@printf '\n%s\n' 'Biến:'
	@printf '  %-13s %s\n' \
	  YEAR      'tên thư mục số liệu trong inputs/, ví dụ YEAR=2016' \
	  FORMAT    'chỉ ghi những định dạng này (docx, pdf, html), ví dụ FORMAT=docx,pdf' \
	  INPUTS    'thư mục số liệu khác, thay cho inputs/' \
	  OUTPUTS   'thư mục kết quả khác, thay cho outputs/' \
	  TEMPLATES 'thư mục mẫu khác, thay cho templates/'
	@printf '\n%s\n' 'Ví dụ: make $(firstword $(kinds) all) YEAR=2016'

# ---- Documents --------------------------------------------------------------------------------------------

all: ## Soạn mọi loại văn bản, cần YEAR
all $(kinds): .venv/.ready-run
	@$(bin)/hoinghi build "$$YEAR" $(filter-out all,$@) $${FORMAT:+"--format=$$FORMAT"} $${INPUTS:+"--inputs=$$INPUTS"} \
	  $${OUTPUTS:+"--outputs=$$OUTPUTS"} $${TEMPLATES:+"--templates=$$TEMPLATES"}

# Nothing of it has any worth: the keys, certificates and time stamps are made for this run by a trial authority.
demo-sign: .venv/.ready-run ## Diễn thử lễ ký số: mười bên ký bằng khóa thử nghiệm rồi kiểm tra
	@$(bin)/python scripts/demo_sign.py $${OUTPUTS:+"--outputs=$$OUTPUTS"}

# ---- Checks -----------------------------------------------------------------------------------------------

test: .venv/.ready-dev ## Chạy các phép thử
	@$(bin)/pytest --numprocesses auto --maxprocesses 8 --dist loadscope

lint: .venv/.ready-dev ## Soát lỗi và cách trình bày mã nguồn
	@$(bin)/ruff check
	@$(bin)/ruff format --check

types: .venv/.ready-dev ## Soát kiểu dữ liệu của mã nguồn
	@$(bin)/mypy

imports: .venv/.ready-dev ## Soát chiều phụ thuộc giữa các phần của mã nguồn
	@$(bin)/lint-imports

check: lint types imports test ## Chạy mọi phép soát và phép thử, như trên máy CI

# An hour: ten minutes for each reader. Without atheris, which only Linux on x86-64 has, it goes by chance and says so.
fuzz: .venv/.ready-dev ## Thử các bộ đọc bằng dữ liệu hỏng sinh tự động, trong một giờ
	@$(bin)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/fuzz.txt || true
	@$(bin)/python -m tests.fuzz.run 600

# The peers come from requirements/bench.txt into .bench; LibreOffice and pandoc are measured where this machine has them.
bench: .bench/.ready ## Đo tốc độ bên cạnh các công cụ khác, ghi docs/benchmarks.md (khoảng 25 phút)
	@.bench/bin/python -m benchmarks

audit: ## Tra các thư viện đã khóa trong danh sách lỗ hổng đã công bố (cần mạng)
	@set -e; tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	python3 -m venv "$$tools"; "$$tools/bin/python" -m pip install --quiet --disable-pip-version-check pip-audit; \
	"$$tools/bin/pip-audit" --disable-pip --require-hashes -r requirements/run.txt

accept: .venv/.ready-dev ## Ghi lại các bản mẫu đối chiếu của phép thử (xem git diff rồi mới commit)
	@$(bin)/pytest --accept

# ---- Upkeep -----------------------------------------------------------------------------------------------

messages: .venv/.ready-run ## Dịch các danh mục thông báo (.po) thành .mo
	@$(bin)/python scripts/compile_messages.py

reference: .venv/.ready-run ## Lập lại các trang tra cứu trong docs/ từ mã nguồn
	@$(bin)/python scripts/make_reference.py

font-metrics: .venv/.ready-run ## Đo lại phông chữ, sau khi thay tệp trong generator/fonts/
	@$(bin)/python scripts/make_font_metrics.py

# uv comes from a throw-away environment, and keeps what is locked already: delete a .txt to renew all of it.
lock: ## Khóa lại phiên bản các thư viện trong requirements/ (cần mạng)
	@set -e; tools=$$(mktemp -d); trap 'rm -rf "$$tools"' EXIT; \
	python3 -m venv "$$tools"; "$$tools/bin/python" -m pip install --quiet --disable-pip-version-check uv; \
	for list in run cluster dev fuzz bench; do \
	  "$$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --output-file "requirements/$$list.txt" "requirements/$$list.in"; \
	done

wheel: .venv/.ready-run ## Đóng gói chương trình vào dist/
	@$(bin)/hatchling build -t wheel

clean: ## Xóa .venv và các tệp tạm; không đụng đến inputs/ và outputs/
	@rm -rf .venv .fuzz .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find generator tests scripts benchmarks -type d -name __pycache__ -prune -exec rm -rf {} +

# ---- Setting this folder up -------------------------------------------------------------------------------

# A stamp names the folder and the Python that it was made for: a moved checkout or a new Python voids it.
ifneq ($(shell cat .venv/.ready-run 2>/dev/null),$(CURDIR) $(realpath $(bin)/python))
.venv/.ready-run: FORCE
endif

.venv/.ready-run: requirements/run.txt pyproject.toml scripts/setup.sh
	@sh scripts/setup.sh run

.venv/.ready-dev: requirements/dev.txt .venv/.ready-run
	@sh scripts/setup.sh dev

ifneq ($(shell cat .bench/.ready 2>/dev/null),$(CURDIR) $(realpath $(bin)/python))
.bench/.ready: FORCE
endif

.bench/.ready: requirements/bench.txt .venv/.ready-run
	@sh scripts/setup.sh bench
